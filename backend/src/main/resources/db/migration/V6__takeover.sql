-- What becomes of an answer whose node goes.

-- Without a node it has been handed over: whoever takes it first begins it anew, and no crash is counted.
alter table answer_run alter column node_id drop not null;
alter table answer_run add column crashes integer not null default 0;

-- The epoch under which an answer ended, where that is not 0: an id of another epoch is no place in its text.
create table answer_epoch (
    message_id uuid    primary key references message on delete cascade,
    epoch      integer not null
);
