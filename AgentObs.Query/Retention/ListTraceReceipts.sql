-- How many rows go with each minute of receipt. A trace goes as a whole, so all its rows count at the receipt of its last one.
SELECT intDiv(toUnixTimestamp64Milli(Last), 60000) AS Minute, sum(Rows)
FROM (
    SELECT max(ReceivedAt) AS Last, count() AS Rows FROM {table:Identifier} WHERE TraceId != '' GROUP BY TraceId
    UNION ALL
    SELECT ReceivedAt AS Last, count() AS Rows FROM {table:Identifier} WHERE TraceId = '' GROUP BY ReceivedAt)
GROUP BY Minute
ORDER BY Minute
