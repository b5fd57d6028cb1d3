update memory_owner set embedded_with = 'words';
insert into memory_pack (owner_id, part, epoch, seq, model, data)
values ('01936b00-0000-7000-8000-000000000001', 'turns', 3, 3, 'words', '\x00010203');
insert into memory_chat (chat_id, owner_id, summary, by_model, upto, at)
values ('01936b00-0000-7000-8000-0000000000c1', '01936b00-0000-7000-8000-000000000001', 'About kettles.', true,
        '01936b00-0000-7000-8000-0000000000a4', '2026-01-05 00:00:00+00');

insert into api_key (id, owner_id, name, prefix, hash, scopes, created_at, expires_at, last_used_at)
values ('01936b00-0000-7000-8000-000000000301', '01936b00-0000-7000-8000-000000000001', 'A script', 'parley_abcd', '\x0301',
        '{chats,models}', '2026-01-05 00:00:00+00', null, '2026-01-05 01:00:00+00');
insert into api_key_end (id, ended_at) values ('01936b00-0000-7000-8000-000000000302', '2026-01-05 02:00:00+00');
insert into second_factor (owner_id, secret, created_at, enabled_at, last_step)
values ('01936b00-0000-7000-8000-000000000002', 'sealed', '2026-01-05 00:00:00+00', '2026-01-05 00:01:00+00', 58912345);
insert into recovery_code (owner_id, hash) values ('01936b00-0000-7000-8000-000000000002', '\x0401');
insert into sign_in_challenge (hash, owner_id, expires_at, attempts)
values ('\x0501', '01936b00-0000-7000-8000-000000000002', '2026-01-05 00:10:00+00', 1);
insert into password_reset (hash, owner_id, expires_at)
values ('\x0601', '01936b00-0000-7000-8000-000000000002', '2026-01-05 01:00:00+00');
