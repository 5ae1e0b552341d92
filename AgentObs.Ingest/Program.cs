using AgentObs.Ingest;

// No host: one reads files of the current folder and watches all below it, which is / in an image.
var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
return args is ["migrate"] ? await SchemaMigration.RunAsync(configuration, CancellationToken.None) : SchemaMigration.Explain();
