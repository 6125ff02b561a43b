-- What customers wish the shop had is kept in table notice: kind 'wish', subject the words that they asked for it by. Who
-- wants to be a stranger is not told of it any more.

CREATE TRIGGER forgotten_wishes AFTER INSERT ON forgotten BEGIN
    DELETE FROM notice WHERE customer = new.customer AND kind = 'wish';
END;
