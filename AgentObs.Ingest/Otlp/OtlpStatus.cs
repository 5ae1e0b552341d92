namespace AgentObs.Ingest.Otlp;

/// <summary>Status codes of an outcome: OTLP says which of them a client repeats (UNAVAILABLE; 503 with Retry-After).</summary>
/// <param name="Http">Status code.</param>
/// <param name="Grpc">google.rpc.Code.</param>
/// <param name="RetryAfter">When the sender may come again; null where that is of no use.</param>
internal sealed record OtlpStatus(int Http, int Grpc, TimeSpan? RetryAfter = null)
{
    private const int InvalidArgument = 3;
    private const int DeadlineExceeded = 4;
    private const int PermissionDenied = 7;
    private const int ResourceExhausted = 8;
    private const int Internal = 13;
    private const int UnavailableCode = 14;

    public static OtlpStatus Of(OtlpOutcome outcome) => outcome switch
    {
        OtlpOutcome.Stored => new(StatusCodes.Status200OK, 0),
        OtlpOutcome.Undecodable => new(StatusCodes.Status400BadRequest, InvalidArgument),
        OtlpOutcome.TooLarge => new(StatusCodes.Status413PayloadTooLarge, ResourceExhausted),
        OtlpOutcome.TooSlow => new(StatusCodes.Status408RequestTimeout, DeadlineExceeded),
        OtlpOutcome.NotAllowed => new(StatusCodes.Status403Forbidden, PermissionDenied),
        OtlpOutcome.UnsupportedMediaType => new(StatusCodes.Status415UnsupportedMediaType, InvalidArgument),
        OtlpOutcome.Overloaded => new(StatusCodes.Status503ServiceUnavailable, UnavailableCode, TimeSpan.FromSeconds(1)),
        OtlpOutcome.Unavailable => new(StatusCodes.Status503ServiceUnavailable, UnavailableCode, TimeSpan.FromSeconds(5)),
        _ => new(StatusCodes.Status500InternalServerError, Internal),
    };
}
