// Asks a model through OpenAI's Responses API; started by a coding agent's command, the call appears inside the agent's session.
//   OPENAI_API_KEY=... dotnet run -- "Name three colours" [--stream]
// OPENAI_BASE_URL and OPENAI_MODEL choose another address and model.
using System.ClientModel;
using AgentObs.Sdk;
using OpenAI;
using OpenAI.Responses;

// Before the client is made: this turns its telemetry on.
using var agentObs = AgentObsTelemetry.Start();

var prompt = args.FirstOrDefault(argument => !argument.StartsWith("--", StringComparison.Ordinal)) ?? "Say hello.";
var model = Setting("OPENAI_MODEL") ?? "gpt-5.5";
var options = new OpenAIClientOptions();
if (Setting("OPENAI_BASE_URL") is { } address)
{
    options.Endpoint = new Uri(address);
}

if (Setting("OPENAI_API_KEY") is not { } key)
{
    Console.Error.WriteLine("OPENAI_API_KEY is not set: set it to a key of your account.");
    return 2;
}

var responses = new OpenAIClient(new ApiKeyCredential(key), options).GetResponsesClient();
try
{
    if (args.Contains("--stream"))
    {
        await foreach (var update in await responses.CreateResponseStreamingAsync(model, prompt))
        {
            if (update is StreamingResponseOutputTextDeltaUpdate text)
            {
                Console.Write(text.Delta);
            }
        }

        Console.WriteLine();
    }
    else
    {
        ResponseResult response = await responses.CreateResponseAsync(model, prompt);
        Console.WriteLine(response.GetOutputText());
    }
}
// An AggregateException holds the attempts of which none got through.
catch (Exception failure) when (failure is ClientResultException or AggregateException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

return 0;

static string? Setting(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
