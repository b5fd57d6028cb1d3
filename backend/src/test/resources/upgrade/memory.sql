insert into memory_owner (owner_id, epoch, indexed_to)
values ('01936b00-0000-7000-8000-000000000001', 3, '01936b00-0000-7000-8000-0000000000a3');

insert into memory (id, owner_id, content, kind, slot, status, superseded_by, valid_from, valid_to, importance, confidence,
                    origin, pinned, fingerprint, vector, vector_model, seq, used_at, used_count, created_at, updated_at)
values ('01936b00-0000-7000-8000-000000000101', '01936b00-0000-7000-8000-000000000001', 'Lives in Lyon', 'fact',
        'home.city', 'superseded', '01936b00-0000-7000-8000-000000000102', '2026-01-02 10:00:00+00',
        '2026-01-02 10:03:00+00', 0.5, 0.9, 'automatic', false, '\x01', '\x0102', 'words', nextval('memory_seq'), null, 0,
        '2026-01-02 10:00:00+00', '2026-01-02 10:03:00+00'),
       ('01936b00-0000-7000-8000-000000000102', '01936b00-0000-7000-8000-000000000001', 'Lives in Porto', 'fact',
        'home.city', 'active', null, '2026-01-02 10:03:00+00', null, 0.5, 0.9, 'explicit', true, '\x02', null, null,
        nextval('memory_seq'), '2026-01-02 10:04:00+00', 2, '2026-01-02 10:03:00+00', '2026-01-02 10:03:00+00');

insert into memory_source (memory_id, message_id, chat_id, owner_id)
values ('01936b00-0000-7000-8000-000000000102', '01936b00-0000-7000-8000-0000000000a4',
        '01936b00-0000-7000-8000-0000000000c1', '01936b00-0000-7000-8000-000000000001');
insert into memory_event (id, memory_id, owner_id, event, old, new, cause, message_id, chat_id, at)
values ('01936b00-0000-7000-8000-000000000111', '01936b00-0000-7000-8000-000000000101',
        '01936b00-0000-7000-8000-000000000001', 'SUPERSEDE', 'Lives in Lyon', 'Lives in Porto', 'conversation',
        '01936b00-0000-7000-8000-0000000000a4', '01936b00-0000-7000-8000-0000000000c1', '2026-01-02 10:03:00+00');
insert into memory_use (memory_id, message_id)
values ('01936b00-0000-7000-8000-000000000102', '01936b00-0000-7000-8000-0000000000a3');
insert into memory_turn (message_id, owner_id, chat_id, speaker, said_at, terms, asks, timed, vector, vector_model, seq)
values ('01936b00-0000-7000-8000-0000000000a1', '01936b00-0000-7000-8000-000000000001',
        '01936b00-0000-7000-8000-0000000000c1', 0, '2026-01-02 10:00:00+00', '\x0a0b', true, false, null, null,
        nextval('memory_seq'));
insert into memory_forgotten (message_id, owner_id)
values ('01936b00-0000-7000-8000-0000000000b1', '01936b00-0000-7000-8000-000000000001');
insert into memory_learned (chat_id, owner_id, message_id)
values ('01936b00-0000-7000-8000-0000000000c1', '01936b00-0000-7000-8000-000000000001',
        '01936b00-0000-7000-8000-0000000000a4');

-- What an answer says of what it was told.
update message
   set metadata = metadata || '{"memories": ["01936b00-0000-7000-8000-000000000102"],
           "recalled": [{"chat_id": "01936b00-0000-7000-8000-0000000000c2", "message_id": "01936b00-0000-7000-8000-0000000000b1"}]}'
 where id = '01936b00-0000-7000-8000-0000000000a3';
