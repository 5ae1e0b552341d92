using AgentObs.Conventions;

namespace AgentObs.Tests.Conventions;

public sealed class ProvenanceTests
{
    [Fact]
    public void Variables_become_resource_attributes_beside_those_already_there()
    {
        var variables = new Dictionary<string, string> { ["AGENTOBS_TASK_ID"] = "PROJ-1", ["AGENTOBS_TASK_TITLE"] = "Fix a=b, 50 %", ["AGENTOBS_ROLE"] = " " };
        var provenance = Provenance.FromEnvironment(variables.GetValueOrDefault);

        var merged = ResourceAttributes.Merge("service.instance.id=w1,agentobs.task.id=OLD", provenance.Attributes());

        Assert.Equal("service.instance.id=w1,agentobs.task.id=PROJ-1,agentobs.task.title=Fix%20a%3Db%2C%2050%20%25", merged);
    }
}
