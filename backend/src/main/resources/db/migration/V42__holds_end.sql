-- One of less than nothing made room that nobody had. What it took off the sum comes back with it.
delete from quota_hold where prompt_tokens < 0 or tokens < 0 or cost < 0;

alter table quota_hold
    add check (prompt_tokens >= 0 and tokens >= prompt_tokens and cost >= 0),
    -- Since when: one that nobody gives back, because the word of it was lost, does not stay for as long as its node.
    add column created_at timestamptz not null default now();
