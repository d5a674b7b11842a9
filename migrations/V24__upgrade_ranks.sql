-- The order in which stays are upgraded when their type is oversold.

alter table pms_room_types
  add column upgrade_rank int, -- into types of a higher rank; null: nobody is upgraded from it or into it
  add constraint pms_room_types_rank_check check (upgrade_rank between 0 and 1000);
