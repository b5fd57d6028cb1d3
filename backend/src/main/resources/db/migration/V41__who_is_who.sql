-- Whether nobody but the owner of its email can have a way into an account: who looks after the instance made it, or its
-- owner has shown that the email is theirs and whatever was there before is void. Anybody registers with any email.
alter table account add column is_vouched boolean not null default false;

update account set is_vouched = true
 where id in (select about_id from audit_event where action = 'account.created' and actor_id is null);

-- Who uses a link that was mailed has shown that the email is theirs.
alter table password_reset add column is_mailed boolean not null default false;

-- When whoever signed in showed who they are, which a provider may have asked long before; null: nobody says when.
alter table session add column shown_at timestamptz;
