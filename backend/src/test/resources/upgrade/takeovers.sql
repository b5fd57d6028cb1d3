insert into answer_epoch (message_id, epoch) values ('01936b00-0000-7000-8000-0000000000a3', 2);
update answer_run set node_id = null, crashes = 1;

insert into context_cut (message_id, chat_id, owner_id, context_window, summary, summarised_to, model, created_at)
values ('01936b00-0000-7000-8000-0000000000a3', '01936b00-0000-7000-8000-0000000000c1',
        '01936b00-0000-7000-8000-000000000001', 8192, 'They spoke of kettles.', '01936b00-0000-7000-8000-0000000000a1',
        'a-model', '2026-01-02 10:02:30+00');
