namespace AgentObs.Ingest.Redaction;

/// <summary>What else must hold where a literal stands, so that the text is worth a regular expression.</summary>
internal enum LiteralRule
{
    /// <summary>Nothing.</summary>
    Contains,

    /// <summary>A word starts there: no letter, digit or underscore before it, except the end of an escape (<c>\nghp_...</c>).</summary>
    Starts,

    /// <summary>Quotes, backslashes and blanks may follow, then : or =, or the comma of a name and its value.</summary>
    Assigned,

    /// <summary>An @ follows before any / or blank: <c>://user:password@</c>.</summary>
    UserInfo,

    /// <summary>A character from <c>2</c> to <c>7</c> follows: <c>\u002d</c> is a printable ASCII character, <c>\u001b</c> is not.</summary>
    PrintableEscape,
}
