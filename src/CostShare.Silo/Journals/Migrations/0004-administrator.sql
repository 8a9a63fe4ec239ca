-- The SHA-256 of the administrator's token. The first one stays; to set up anew its row is removed by hand.
create table costshare.administrator (
    one boolean constraint administrator_one primary key default true check (one),
    sha256 bytea not null check (octet_length(sha256) = 32)
);
