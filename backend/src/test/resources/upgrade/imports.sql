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
insert into usage_slot (minutes, starts, owner_id, model, chats, messages, answers, errors, prompt_tokens, completion_tokens,
                        cost, first_word, last_word)
values (5, '2026-01-07 10:05:00+00', '01936b00-0000-7000-8000-000000000001', 'a-model', 0, 1, 1, 1, 100, 7, 3,
        array_cat('{1,2}', array_fill(0, '{18}')), array_cat('{0,0,3}', array_fill(0, '{17}'))),
       (1440, '2026-01-06 00:00:00+00', '01936b00-0000-7000-8000-000000000001', 'a-model', 1, 2, 1, 0, 12, 34, 56,
        array_cat('{4}', array_fill(0, '{19}')), array_cat('{0,5}', array_fill(0, '{18}'))),
       (1440, '2026-01-06 00:00:00+00', '01936b00-0000-7000-8000-000000000001', 'another-model', 2, 4, 3, 1, 24, 68, 112,
        array_cat('{6}', array_fill(0, '{19}')), array_cat('{0,7}', array_fill(0, '{18}'))),
       -- In the same part of the sum as the first person.
       (1440, '2026-01-06 00:00:00+00', '01936b00-0000-7000-8000-0000000000f1', 'a-model', 3, 6, 5, 2, 36, 102, 168,
        array_cat('{8,1}', array_fill(0, '{18}')), array_cat('{0,9}', array_fill(0, '{18}'))),
       (1440, '2026-01-06 00:00:00+00', '01936b00-0000-7000-8000-000000000002', 'a-model', 4, 8, 7, 3, 48, 136, 224,
        array_cat('{10}', array_fill(0, '{19}')), array_cat('{0,11}', array_fill(0, '{18}')));
-- Without a run, as embeddings are.
insert into quota_hold (id, owner_id, run_id, node_id, prompt_tokens, tokens, cost)
values ('01936b00-0000-7000-8000-000000000402', '01936b00-0000-7000-8000-000000000001', null,
        '01936b00-0000-7000-8000-0000000000e9', 0, 0, 0);
insert into chat_import (id, owner_id, status, format, remember, total, done, imported, skipped, failure, created_at, updated_at)
values ('01936b00-0000-7000-8000-000000000512', '01936b00-0000-7000-8000-000000000001', 'running', 'openwebui', true, 9, 4, 3,
        '{"empty": 1}', null, '2026-01-07 00:01:00+00', '2026-01-07 00:01:01+00'),
       ('01936b00-0000-7000-8000-000000000513', '01936b00-0000-7000-8000-000000000002', 'queued', null, false, 0, 0, 0, '{}',
        null, '2026-01-07 00:02:00+00', '2026-01-07 00:02:00+00'),
       ('01936b00-0000-7000-8000-000000000514', '01936b00-0000-7000-8000-000000000001', 'failed', null, false, 0, 0, 0, '{}',
        'This is no file of chats.', '2026-01-07 00:03:00+00', '2026-01-07 00:03:00+00');
