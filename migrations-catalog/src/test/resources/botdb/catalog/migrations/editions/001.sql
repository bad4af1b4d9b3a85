INSERT INTO users (user_id, username, history, created_at) VALUES
  (-1001234567890, NULL, '[{"role": "user", "content": "эмодзи 👩‍👩‍👧‍👦 и \"кавычки\""}]', '2025-10-01 09:00:00'),
  (1, 'first', '[{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]', '2025-10-01 09:00:00'),
  (2, 'empty', '[]', '2025-10-01 09:00:00'),
  (3, 'blank', '', NULL),
  (4, 'pretty', '[
  {
    "role": "user",
    "content": "a"
  }
]
', '2025-10-01 09:00:00'),
  (5, 'tools', '[{"role":"assistant","content":null,"tool_calls":[{"id":"c1"}]},{"role":"tool","content":[{"type":"text","text":"+5"}]}]', '2025-10-01 09:00:00'),
  (6, 'numbers', '[{"role":"user","n":1.0,"big":123456789012345678901234567890,"exp":1E400,"neg":-0.0}]', '2025-10-01 09:00:00'),
  (7, 'doubled', '[{"role":"user","role":"assistant"},{}]', '2025-10-01 09:00:00'),
  (8, 'timed', '[{"role":"user","timestamp":"2025-11-05 15:30:45"},{"timestamp":null},{"time\u0073tamp":1}]', '2025-10-01 09:00:00'),
  (9007199254740993, 'blob', CAST('[{"role":"user"}]' AS BLOB), '2025-10-01 09:00:00');
