-- The database itself adds it to the sums.
insert into usage_slot (minutes, starts, owner_id, model, chats, messages, answers, errors, prompt_tokens, completion_tokens,
                        cost, first_word, last_word)
values (1440, '2026-01-06 00:00:00+00', '01936b00-0000-7000-8000-000000000003', 'a-model', 1, 1, 1, 1, 1, 1, 1,
        array_cat('{1}', array_fill(0, '{19}')), array_cat('{1}', array_fill(0, '{19}')));
insert into device_epoch (owner_id, epoch) values ('01936b00-0000-7000-8000-000000000001', 2);
update account set is_vouched = true where username = 'bob';
update session set shown_at = '2026-01-08 00:00:00+00' where id = '01936b00-0000-7000-8000-000000000011';
