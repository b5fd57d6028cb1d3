-- By now words begin with three digits of their owner.
insert into message_search (message_id, owner_id, chat_id, tsv)
values ('01936b00-0000-7000-8000-0000000000a4', '01936b00-0000-7000-8000-000000000001',
        '01936b00-0000-7000-8000-0000000000c1', '''001and'':1 ''001two'':2 ''001of'':3 ''001them'':4');
insert into chat_search (chat_id, owner_id, tsv)
values ('01936b00-0000-7000-8000-0000000000c1', '01936b00-0000-7000-8000-000000000001', '''001kettles'':1');
update search_backlog set before = '01936b00-0000-7000-8000-0000000000a4';

insert into audit_event (id, at, actor_id, action, about_id, details, ip, request_id)
values ('01936b00-0000-7000-8000-000000000201', '2026-01-04 00:00:00+00', '01936b00-0000-7000-8000-000000000001',
        'user.disabled', '01936b00-0000-7000-8000-000000000002', '{"reason": "asked"}', '192.0.2.7', 'r-1'),
       ('01936b00-0000-7000-8000-000000000202', '2026-01-04 00:00:01+00', null, 'user.created',
        '01936b00-0000-7000-8000-000000000001', '{}', '', '');
insert into memory_copy (message_id, owner_id, source_id)
values ('01936b00-0000-7000-8000-0000000000b1', '01936b00-0000-7000-8000-000000000001',
        '01936b00-0000-7000-8000-0000000000a1');
update memory set replaces = '01936b00-0000-7000-8000-000000000101' where id = '01936b00-0000-7000-8000-000000000102';
