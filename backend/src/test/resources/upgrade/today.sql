insert into passkey (id, owner_id, name, credential_id, credential, counter, may_be_copied, is_copied, created_at)
values ('01936b00-0000-7000-8000-000000000501', '01936b00-0000-7000-8000-000000000001', 'Phone', 'Y3JlZA', 'a2V5', 7, true,
        false, '2026-01-07 00:00:00+00');
insert into provider (name, dialect, url, api_key, key_end, models, context_window, enabled, created_at, changed_at)
values ('house', 'openai', 'https://models.example.org/v1', 'sealed', '…wxyz', '{a-model,b-model}', 8192, false,
        '2026-01-07 00:00:00+00', '2026-01-07 00:00:00+00');
insert into model_rule (id, enabled, context_window, max_tokens) values ('house/a-model', false, null, 500);
insert into setting_override (name, value, changed_at, changed_by)
values ('PARLEY_REGISTRATION', 'closed', '2026-01-07 00:00:00+00', '01936b00-0000-7000-8000-000000000001');
insert into chat_import (id, owner_id, status, format, remember, total, done, imported, skipped, created_at, updated_at)
values ('01936b00-0000-7000-8000-000000000511', '01936b00-0000-7000-8000-000000000001', 'done', 'chatgpt', false, 3, 3, 2,
        '{"already_imported": 1}', '2026-01-07 00:00:00+00', '2026-01-07 00:00:01+00');
insert into provider_off (name) values ('openai');
insert into passkey_challenge (binding, owner_id, challenge, expires_at)
values ('\x0701', null, 'Y2hhbGxlbmdl', '2026-01-07 00:05:00+00');
