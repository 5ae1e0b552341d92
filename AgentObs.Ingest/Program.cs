using AgentObs.Ingest;

var builder = WebApplication.CreateBuilder(args);
return args is ["migrate", ..] ? await SchemaMigration.RunAsync(builder.Configuration, CancellationToken.None) : SchemaMigration.Explain();
