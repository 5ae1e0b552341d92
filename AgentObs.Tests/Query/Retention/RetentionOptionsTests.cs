using AgentObs.Query;
using Microsoft.Extensions.Options;

namespace AgentObs.Tests.Query.Retention;

public sealed class RetentionOptionsTests
{
    private const long Gigabyte = 1_000_000_000;

    [Theory]
    [InlineData("", 90, 90, 90)]
    [InlineData("30", 30, 30, 30)]
    [InlineData("logs=14", 90, 14, 90)]
    [InlineData("365, logs=30 ,metrics=0", 365, 30, null)]
    [InlineData("0,traces=7", 7, null, null)]
    public void Days_are_one_number_and_numbers_by_signal(string text, int? traces, int? logs, int? metrics)
    {
        var options = RetentionOptions.From(name => name == "AGENTOBS_RETENTION_DAYS" ? text : null);
        Assert.Equal((traces, logs, metrics), (options.Of("traces").Days, options.Of("logs").Days, options.Of("metrics").Days));
        Assert.Equal(20 * Gigabyte, options.Of("logs").Bytes);
    }

    [Fact]
    public void Gigabytes_may_have_a_fraction_and_a_configuration_key()
    {
        var options = RetentionOptions.From(name => name == "AgentObs:RetentionGb" ? "0.5,metrics=0" : null);
        Assert.Equal((Gigabyte / 2, null), (options.Of("traces").Bytes, options.Of("metrics").Bytes));
    }

    [Theory]
    [InlineData("AGENTOBS_RETENTION_DAYS", "soon")]
    [InlineData("AGENTOBS_RETENTION_DAYS", "-1")]
    [InlineData("AGENTOBS_RETENTION_DAYS", "1.5")]
    [InlineData("AGENTOBS_RETENTION_DAYS", "90,")]
    [InlineData("AGENTOBS_RETENTION_DAYS", "logs=30,90")]
    [InlineData("AGENTOBS_RETENTION_DAYS", "spans=30")]
    [InlineData("AGENTOBS_RETENTION_GB", "20GB")]
    [InlineData("AGENTOBS_RETENTION_GB", "1e3")]
    [InlineData("AGENTOBS_RETENTION_GB", "logs=")]
    public void A_value_that_is_no_limit_is_named_with_the_fix(string variable, string text)
    {
        var error = Assert.Throws<OptionsValidationException>(() => RetentionOptions.From(name => name == variable ? text : null));
        var failure = Assert.Single(error.Failures);
        Assert.StartsWith($"{variable} is '{text}'", failure, StringComparison.Ordinal);
        Assert.Contains($"Set it like {variable}=", failure, StringComparison.Ordinal);
    }
}
