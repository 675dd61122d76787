-- For the links that were followed most since yesterday, which a program that starts learns first
-- (Links.mostFollowed); link_id and clicks stand in it so that the table is not looked at.
CREATE INDEX link_click_day_idx ON link_click (day) INCLUDE (link_id, clicks);
