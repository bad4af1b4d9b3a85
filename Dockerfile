FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn --batch-mode --no-transfer-progress -pl bot-app package -DskipTests -Dspotless.check.skip
WORKDIR /image
RUN cp /src/bot-app/target/bot-app.jar /src/bot-app/src/main/launcher/* .

FROM eclipse-temurin:25-jre AS bot
COPY --from=build /image /opt/bot
# A volume takes over owner and mode of the folder that it covers.
RUN install -d -m 0700 -o 10001 -g 10001 /data /opt/cache
ENV PATH=/opt/bot:$PATH
# Others than the container reach the port only as far as it is published; the bot asks for BOT_WEB_PASSWORD.
ENV BOT_HOST=0.0.0.0
ENV BOT_CACHE=/opt/cache
USER 10001:10001
WORKDIR /data
# What makes a start fast, made now: the root is read-only, and the temporary folder may let nothing be run.
RUN BOT_TRAINING=wait bot status
ENV BOT_TRAINING=off
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=5m CMD ["bot-healthy"]
ENTRYPOINT ["bot"]
CMD ["serve"]

# With what backs up a PostgreSQL database, of the version of its server; Ubuntu has an older one.
FROM bot AS bot-postgres
USER root
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates postgresql-common \
  && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
  && apt-get install -y --no-install-recommends postgresql-client-18 \
  && rm -rf /var/lib/apt/lists/*
USER 10001:10001

# What is built unless another is asked for.
FROM bot
