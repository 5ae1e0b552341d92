using System.Globalization;
using AgentObs.Conventions;
using Microsoft.Extensions.Options;

namespace AgentObs.Query;

/// <summary>
/// The limits of each signal. Both settings are one number for all signals, numbers by signal, or both:
/// <c>90</c>, <c>logs=30,metrics=14</c>, <c>90,logs=30</c>. 0 = no limit; a signal that is not named has the default.
/// </summary>
public sealed class RetentionOptions
{
    private const int MaxDays = 36_500;
    private const double MaxGigabytes = 1_000_000;
    private const double Gigabyte = 1e9;

    private readonly Dictionary<string, RetentionLimit> limits;

    private RetentionOptions(Dictionary<string, RetentionLimit> limits) => this.limits = limits;

    /// <summary>Nothing is ever dropped.</summary>
    public static RetentionOptions Off { get; } = new([]);

    public bool IsOn => limits.Count > 0;

    public RetentionLimit Of(string signal) => limits.GetValueOrDefault(signal, RetentionLimit.None);

    /// <param name="configuration">Reads a name, or null: environment variables and configuration keys.</param>
    /// <exception cref="OptionsValidationException">All that is wrong, each naming its variable and the fix.</exception>
    public static RetentionOptions From(Func<string, string?> configuration)
    {
        var failures = new List<string>();
        var days = Read(Setting.RetentionDays, configuration, IsDays, "a whole number of days from 0 to 36500", failures);
        var gigabytes = Read(Setting.RetentionGigabytes, configuration, IsGigabytes, "a number of gigabytes from 0 to 1000000", failures);
        return failures.Count > 0
            ? throw new OptionsValidationException(nameof(RetentionOptions), typeof(RetentionOptions), failures)
            : new RetentionOptions(RetentionSignal.All.ToDictionary(signal => signal.Name, signal => new RetentionLimit(
                days[signal.Name] > 0 ? (int)days[signal.Name] : null,
                gigabytes[signal.Name] > 0 ? (long)(gigabytes[signal.Name] * Gigabyte) : null)));
    }

    private static bool IsDays(double value) => value is >= 0 and <= MaxDays && value == Math.Floor(value);

    private static bool IsGigabytes(double value) => value is >= 0 and <= MaxGigabytes;

    private static Dictionary<string, double> Read(
        Setting setting, Func<string, string?> configuration, Func<double, bool> isValid, string must, List<string> failures)
    {
        var byDefault = double.Parse(setting.Default, CultureInfo.InvariantCulture);
        var values = RetentionSignal.All.ToDictionary(signal => signal.Name, _ => byDefault);
        var text = setting.Read(configuration);
        var forAll = true;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            var isNumber = double.TryParse(pair[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && isValid(value);
            if (!isNumber || (pair.Length == 1 ? !forAll : !values.ContainsKey(pair[0])))
            {
                failures.Add(
                    $"{setting.Variable} is '{text}': '{part}' must be {must} (0 = no limit), or such a number for traces, logs or metrics. "
                    + $"Set it like {setting.Variable}={setting.Default} or {setting.Variable}={setting.Default},logs=30.");
                break;
            }

            foreach (var signal in pair.Length == 1 ? [.. values.Keys] : new[] { pair[0] })
            {
                values[signal] = value;
            }

            // One number for all stands first, else it would undo what was said of one.
            forAll = false;
        }

        return values;
    }
}
