-- The packages of a plan are read within the statements that price it: a function in SQL that sets its search path is planned anew at
-- each call, which cost a booking five times what its prices cost.
drop function pms_packages_of(text, text, text, text[]);
