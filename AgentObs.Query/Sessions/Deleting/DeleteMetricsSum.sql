DELETE FROM otel_metrics_sum
WHERE Attributes['session.id'] IN {runs:Array(String)} OR Attributes['conversation.id'] IN {runs:Array(String)}
    OR Attributes['gen_ai.conversation.id'] IN {runs:Array(String)} OR ResourceAttributes['session.id'] IN {runs:Array(String)}
