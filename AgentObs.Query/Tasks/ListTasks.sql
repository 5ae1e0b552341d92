-- One page of tasks, the one worked on last first: ids and times of the last work alone, the rest comes from ReadTaskRuns.sql.
SELECT TaskId, max(StartNano + DurationNano) AS Last
FROM (
    SELECT run.TaskId AS TaskId, run.Title AS Title, run.Url AS Url, run.StartNano AS StartNano, run.DurationNano AS DurationNano
    FROM (SELECT TaskRuns, NestedIn FROM agentobs_session FINAL)
    ARRAY JOIN TaskRuns AS run
    WHERE NestedIn = ''
)
GROUP BY TaskId
HAVING Last >= {from:Int64} AND min(StartNano) <= {to:Int64}
    AND ({beforeId:String} = '' OR Last < {beforeTime:Int64} OR (Last = {beforeTime:Int64} AND TaskId < {beforeId:String}))
    AND ({q:String} = '' OR max(positionCaseInsensitiveUTF8(concat(TaskId, ' ', Title, ' ', Url), {q:String})) > 0)
ORDER BY Last DESC, TaskId DESC
LIMIT {take:UInt32}
