-- For the links that were followed most since yesterday, which a program that starts learns first
-- (Links.mostFollowed). Without clicks in it: these change all the time, and an update that touches
-- no indexed column needs no new entry in any index.
CREATE INDEX link_click_day_idx ON link_click (day);
