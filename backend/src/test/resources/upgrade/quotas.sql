-- An answer is being written, for which something is held.
insert into quota (owner_id, day_tokens, month_cost) values ('01936b00-0000-7000-8000-000000000001', 1000, 5000000000);
insert into quota_use (owner_id, day, month, day_tokens, month_tokens, day_cost, month_cost, held_tokens, held_cost)
values ('01936b00-0000-7000-8000-000000000001', '2026-01-06', '2026-01-01', 10, 20, 30, 40, 50, 60);
insert into quota_hold (id, owner_id, run_id, node_id, prompt_tokens, tokens, cost)
values ('01936b00-0000-7000-8000-000000000401', '01936b00-0000-7000-8000-000000000001',
        '01936b00-0000-7000-8000-0000000000e2', null, 20, 50, 60);
insert into usage_slot (minutes, starts, owner_id, model, chats, messages, answers, errors, prompt_tokens, completion_tokens,
                        cost, first_word, last_word)
values (60, '2026-01-06 10:00:00+00', '01936b00-0000-7000-8000-000000000001', 'a-model', 1, 2, 1, 0, 12, 34, 56, '{1,0,0}',
        '{0,1,0}');

insert into identity (id, owner_id, issuer, subject, email, created_at, last_used_at)
values ('01936b00-0000-7000-8000-000000000411', '01936b00-0000-7000-8000-000000000001', 'https://id.example.org', 'ada-1',
        'ada@example.org', '2026-01-06 00:00:00+00', '2026-01-06 00:00:00+00');
