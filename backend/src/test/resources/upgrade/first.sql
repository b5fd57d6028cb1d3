-- Two people, one of whom talks. Her password is "seven green bottles".
insert into account (id, email, email_key, username, username_key, first_name, is_staff, date_joined, last_login, preferences)
values ('01936b00-0000-7000-8000-000000000001', 'Ada@Example.org', 'ada@example.org', 'Ada', 'ada', 'Ada', true,
        '2026-01-02 03:04:05.678901+00', '2026-01-03 00:00:00+00',
        '{"theme": "dark", "contrast": "high", "language": "de", "custom_instructions": "Be brief.\nNo \"lists\"."}'),
       ('01936b00-0000-7000-8000-000000000002', 'bob@example.org', 'bob@example.org', 'bob', 'bob', '', false,
        '2026-01-02 03:04:06+00', null, '{}');
update account set is_active = false where username = 'bob';

insert into password (owner_id, hash, changed_at)
values ('01936b00-0000-7000-8000-000000000001',
        '$argon2id$v=19$m=19456,t=2,p=1$FDG3+EmXmCGX6X4vW4xF5Q$N2GXN1/9f8/iZgLz3iG0geFo5Gemi0BPGNiwAD+OP/w',
        '2026-01-02 03:04:05+00');

insert into session (id, owner_id, created_at, last_used_at, expires_at, ip, user_agent, ended_at)
values ('01936b00-0000-7000-8000-000000000011', '01936b00-0000-7000-8000-000000000001', '2026-01-02 03:04:05+00',
        '2026-01-03 00:00:00+00', '2099-01-01 00:00:00+00', '192.0.2.7', 'Mozilla/5.0', null),
       ('01936b00-0000-7000-8000-000000000012', null, '2026-01-02 03:04:05+00', '2026-01-02 03:04:05+00',
        '2099-01-01 00:00:00+00', '::1', '', '2026-01-02 04:00:00+00');

insert into refresh_token (hash, session_id, expires_at, used_at)
values ('\x00ff', '01936b00-0000-7000-8000-000000000011', '2099-01-01 00:00:00+00', '2026-01-03 00:00:00+00'),
       ('\x01ff', '01936b00-0000-7000-8000-000000000011', '2099-01-01 00:00:00+00', null);

-- One chat with two versions of an answer, one that is archived and has no title yet, one that was deleted.
insert into chat (id, owner_id, client_id, title, settings, is_archived, is_pinned, current_message_id, message_count,
                  created_at, updated_at, active_at, deleted_at)
values ('01936b00-0000-7000-8000-0000000000c1', '01936b00-0000-7000-8000-000000000001',
        '01936b00-0000-7000-8000-00000000c11e', 'Kettles and their whistles',
        '{"model": "a-model", "temperature": 0.5, "max_tokens": 100, "system_prompt": "You are a kettle."}', false, true,
        '01936b00-0000-7000-8000-0000000000a5', 5, '2026-01-02 10:00:00+00', '2026-01-02 10:04:00+00',
        '2026-01-02 10:04:00+00', null),
       ('01936b00-0000-7000-8000-0000000000c2', '01936b00-0000-7000-8000-000000000001', null, null, '{}', true, false,
        '01936b00-0000-7000-8000-0000000000b1', 1, '2026-01-02 11:00:00+00', '2026-01-02 11:00:00+00',
        '2026-01-02 11:00:00+00', null),
       ('01936b00-0000-7000-8000-0000000000c3', '01936b00-0000-7000-8000-000000000002', null, 'Gone', '{}', false, false,
        null, 0, '2026-01-02 12:00:00+00', '2026-01-02 12:00:00+00', '2026-01-02 12:00:00+00', '2026-01-02 12:30:00+00');

insert into message (id, chat_id, owner_id, parent_id, client_id, role, content, status, metadata, feedback,
                     feedback_comment, created_at)
values ('01936b00-0000-7000-8000-0000000000a1', '01936b00-0000-7000-8000-0000000000c1',
        '01936b00-0000-7000-8000-000000000001', null, '01936b00-0000-7000-8000-00000000a11e', 'user',
        E'Why does a kettle whistle?\n\n```sh\necho "a \\ and a \t"\n```', 'complete', '{}', null, null,
        '2026-01-02 10:00:00+00'),
       ('01936b00-0000-7000-8000-0000000000a2', '01936b00-0000-7000-8000-0000000000c1',
        '01936b00-0000-7000-8000-000000000001', '01936b00-0000-7000-8000-0000000000a1', null, 'assistant',
        'The steam sw', 'stopped', '{"model": "a-model"}', 'down', 'Too short', '2026-01-02 10:01:00+00'),
       ('01936b00-0000-7000-8000-0000000000a3', '01936b00-0000-7000-8000-0000000000c1',
        '01936b00-0000-7000-8000-000000000001', '01936b00-0000-7000-8000-0000000000a1', null, 'assistant',
        'Der Dampf wirbelt zwischen zwei Blechen: 100 °C 🫖, 水蒸気.', 'complete',
        '{"model": "a-model", "usage": {"prompt_tokens": 12, "completion_tokens": 34}, "finish_reason": "stop", "reasoning": "Steam."}',
        'up', null, '2026-01-02 10:02:00+00'),
       ('01936b00-0000-7000-8000-0000000000a4', '01936b00-0000-7000-8000-0000000000c1',
        '01936b00-0000-7000-8000-000000000001', '01936b00-0000-7000-8000-0000000000a3', null, 'user', 'And two of them?',
        'complete', '{}', null, null, '2026-01-02 10:03:00+00'),
       ('01936b00-0000-7000-8000-0000000000a5', '01936b00-0000-7000-8000-0000000000c1',
        '01936b00-0000-7000-8000-000000000001', '01936b00-0000-7000-8000-0000000000a4', null, 'assistant', '', 'failed',
        '{"model": "a-model", "error": {"code": "PROVIDER_ERROR", "message": "It is away."}}', null, null,
        '2026-01-02 10:04:00+00'),
       ('01936b00-0000-7000-8000-0000000000b1', '01936b00-0000-7000-8000-0000000000c2',
        '01936b00-0000-7000-8000-000000000001', null, null, 'user', 'An old question', 'complete', '{}', null, null,
        '2026-01-02 11:00:00+00');

insert into message_search (message_id, owner_id, chat_id, tsv)
select id, owner_id, chat_id, to_tsvector('simple', content) from message;
insert into chat_search (chat_id, owner_id, tsv)
select id, owner_id, to_tsvector('simple', title) from chat where title is not null;

insert into job_failure (id, task, instance, reason, attempts, failed_at)
values ('01936b00-0000-7000-8000-0000000000f1', 'title', '01936b00-0000-7000-8000-0000000000c2', 'The model is away.', 5,
        '2026-01-02 11:05:00+00');
insert into scheduled_tasks (task_name, task_instance, execution_time, picked, consecutive_failures, version)
values ('title', '01936b00-0000-7000-8000-0000000000c1', '2999-01-01 00:00:00+00', false, 2, 3);
