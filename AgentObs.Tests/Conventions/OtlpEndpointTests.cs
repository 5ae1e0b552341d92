using AgentObs.Conventions;

namespace AgentObs.Tests.Conventions;

public sealed class OtlpEndpointTests
{
    private static readonly RunningAddresses Running = new(new("http://127.0.0.1:5317"), new("http://127.0.0.1:4317"), new("http://127.0.0.1:4318"), "");

    [Theory]
    [InlineData("http://localhost:4317")]
    [InlineData("localhost:4317")]
    [InlineData("127.0.0.1:4318")]
    [InlineData("http://[::1]:4318/v1/traces")]
    [InlineData("http://0.0.0.0:4317")]
    [InlineData("HTTP://LOCALHOST:4317/")]
    public void One_that_reaches_this_AgentObs_is_ours(string endpoint) => Assert.True(Running.IsOurs(endpoint));

    [Theory]
    [InlineData("http://127.0.0.1:5317")]
    [InlineData("http://127.0.0.1.example:4317")]
    [InlineData("https://collector.example:4317")]
    [InlineData("localhost")]
    [InlineData("")]
    [InlineData("http://")]
    [InlineData("$ENDPOINT")]
    public void Another_is_not(string endpoint) => Assert.False(Running.IsOurs(endpoint));
}
