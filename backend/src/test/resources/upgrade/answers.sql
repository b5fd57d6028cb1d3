-- The server died while it wrote an answer.
insert into node (id, started_at, alive_until, dead)
values ('01936b00-0000-7000-8000-0000000000d1', '2026-01-02 09:00:00+00', '2026-01-02 13:00:06+00', false);

insert into chat (id, owner_id, title, current_message_id, message_count, created_at, updated_at, active_at)
values ('01936b00-0000-7000-8000-0000000000c4', '01936b00-0000-7000-8000-000000000001', 'Cut off',
        '01936b00-0000-7000-8000-0000000000e2', 2, '2026-01-02 13:00:00+00', '2026-01-02 13:00:00+00',
        '2026-01-02 13:00:00+00');
insert into message (id, chat_id, owner_id, parent_id, role, content, status, metadata, created_at)
values ('01936b00-0000-7000-8000-0000000000e1', '01936b00-0000-7000-8000-0000000000c4',
        '01936b00-0000-7000-8000-000000000001', null, 'user', 'Hello', 'complete', '{}', '2026-01-02 13:00:00+00'),
       ('01936b00-0000-7000-8000-0000000000e2', '01936b00-0000-7000-8000-0000000000c4',
        '01936b00-0000-7000-8000-000000000001', '01936b00-0000-7000-8000-0000000000e1', 'assistant', '', 'streaming',
        '{"model": "builtin/parley"}', '2026-01-02 13:00:00+00');
insert into answer_run (id, owner_id, chat_id, node_id, epoch, prompt, created_at)
values ('01936b00-0000-7000-8000-0000000000e2', '01936b00-0000-7000-8000-000000000001',
        '01936b00-0000-7000-8000-0000000000c4', '01936b00-0000-7000-8000-0000000000d1', 0,
        '{"model": "builtin/parley", "temperature": null, "max_tokens": null}', '2026-01-02 13:00:00+00');
insert into answer_chunk (run_id, epoch, pos, kind, text)
values ('01936b00-0000-7000-8000-0000000000e2', 0, 1, 0, 'Hello to y'),
       ('01936b00-0000-7000-8000-0000000000e2', 0, 11, 0, 'ou');
