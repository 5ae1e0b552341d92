-- One that failed is tried for ever otherwise, beside the next one.
KILL MUTATION WHERE database = currentDatabase() AND table = {table:String} AND mutation_id = {mutation:String}
