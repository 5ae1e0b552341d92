SELECT intDiv(toUnixTimestamp64Milli(ReceivedAt), 60000) AS Minute, count()
FROM {table:Identifier}
GROUP BY Minute
ORDER BY Minute
