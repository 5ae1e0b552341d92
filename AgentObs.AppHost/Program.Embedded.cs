using AgentObs.AppHost;

Console.WriteLine(TopologyLine.For("embedded", other: "containers"));
return await AgentObsServe.RunAsync(args);
