namespace Modus.SampleCase.Reports;

/// <summary>The advisory of an invented authority: a numbered list, older numbers of techniques, and local time that does not say so.</summary>
internal static class Advisory
{
    public static readonly string[] Told = ["T1566.002", "T1204", "T1059.001", "T1021.001", "T1219", "T1562.001", "T1003.001", "T1490", "T1486"];

    public const string Text = """
        CERT Nordhafen
        Advisory 2026-044: extortion of a logistics company by BRACKISH HERON
        Techniques are numbered as in ATT&CK v16.

        Summary

        The group that we call Brackish Heron extorts companies of the transport sector. In March 2026 it
        encrypted a file share of a logistics company. The victim was entered by a plain phishing e-mail.

        What happened

        1. 2026-03-09 09:41  An employee opened the link of a phishing e-mail about an invoice (T1566.002).
        2. 2026-03-09 09:43  The employee ran what the page offered (T1204).
        3. 2026-03-09 09:43  A PowerShell command fetched the loader (T1059.001).
        4. 2026-03-10 03:14  The actor signed in to a backup server over RDP (T1021.001).
        5. 2026-03-10 03:17  The actor installed remote access software (T1219).
        6. 2026-03-10 03:24  The actor excluded a folder from the antivirus scan (T1562.001).
        7. 2026-03-10 03:31  The actor dumped the memory of LSASS (T1003.001).
        8. 2026-03-13 05:10  The actor deleted the shadow copies (T1490).
        9. 2026-03-13 05:12  The actor encrypted the file share (T1486).

        What to do

        Companies should train employees to report suspicious e-mails, and should store backups offline.

        Contact: advisory@cert-nordhafen.example

        """;
}
