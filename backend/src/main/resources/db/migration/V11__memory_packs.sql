-- The index of a person as a server holds it in memory, so that it is read at once and not row by row. Made of
-- memory_turn and memory, which alone count: what is newer than seq is read from there.
create table memory_pack (
    owner_id uuid   not null references account on delete cascade,
    part     text   not null check (part in ('turns', 'memories')),
    epoch    bigint not null,
    seq      bigint not null,
    model    text   not null,
    data     bytea  not null,
    primary key (owner_id, part)
);

alter table memory_pack alter column data set storage external;

-- What was taken away is in no copy either.
create function memory_pack_outdated() returns trigger language plpgsql as $$
begin
    delete from memory_pack where owner_id = new.owner_id;
    return null;
end
$$;

create trigger memory_epoch_raised after update of epoch on memory_owner
    for each row when (old.epoch <> new.epoch) execute function memory_pack_outdated();
