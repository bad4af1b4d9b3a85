package botdb.it.benchmark;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A method that JMH measures, each time in a new virtual machine.
 *
 * <p>How it is warmed up and how often it is called stands at the method.
 */
record Jmh(Class<?> type, String method, Map<String, String> parameters, int batch) {

  static Jmh of(Class<?> type, String method) {
    return new Jmh(type, method, Map.of(), 1);
  }

  Jmh with(String parameter, Object value) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.put(parameter, value.toString());
    return new Jmh(type, method, all, batch);
  }

  /** Calls the method so many times in an iteration, where an iteration is one shot. */
  Jmh inBatchesOf(int calls) {
    return new Jmh(type, method, parameters, calls);
  }

  /** Returns what one call takes. */
  Quantity run() throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^\\Q" + type.getName() + "." + method + "\\E$")
            .forks(1)
            .warmupBatchSize(batch)
            .measurementBatchSize(batch)
            .timeUnit(TimeUnit.NANOSECONDS)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            // The log of a library is not what is measured.
            .jvmArgsAppend("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    parameters.forEach(options::param);
    Collection<RunResult> results = new Runner(options.build()).run();
    double nanos = results.iterator().next().getPrimaryResult().getScore();
    return Quantity.seconds(nanos / batch / 1e9);
  }
}
