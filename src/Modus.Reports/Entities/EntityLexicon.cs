using System.Collections.Frozen;

namespace Modus.Reports.Entities;

/// <summary>Words for sectors, countries and products, and the words that speak of victims.</summary>
internal static class EntityLexicon
{
    private const int LongestTerm = 5;

    private const string Sectors =
        "agriculture=agriculture,agricultural sector,farming sector|aerospace=aerospace,aviation sector,aviation industry,airlines,airline industry|automotive=automotive,automotive industry,car makers|chemical=chemical sector,chemical industry,chemical companies|commercial=commercial sector|"
        + "communications=communications sector|construction=construction sector,construction industry,construction companies|defense=defense sector,defence sector,defense industry,defence industry,defense contractors,defense industrial base,military organizations,armed forces|"
        + "education=education sector,educational institutions,universities,schools,academic institutions,academia,higher education,research institutions|energy=energy sector,energy companies,oil and gas,power grid,electric utilities,nuclear sector|entertainment=entertainment industry,gaming industry,video game industry,media and entertainment|"
        + "financial-services=financial sector,financial services,financial institutions,banking sector,banks,cryptocurrency exchanges,fintech|government=government agencies,government sector,government organizations,government entities,governments,ministries,ministry of foreign affairs,public sector,diplomatic missions,embassies|"
        + "emergency-services=emergency services|government-local=local governments,municipalities|healthcare=healthcare,health care,healthcare sector,hospitals,health sector,medical sector|hospitality-leisure=hospitality,hospitality sector,hotels,casinos|infrastructure=critical infrastructure|dams=dams sector|nuclear=nuclear facilities|water=water sector,water utilities,wastewater|"
        + "insurance=insurance sector,insurance companies,insurers|manufacturing=manufacturing,manufacturing sector,manufacturers,manufacturing companies|mining=mining sector,mining companies|non-profit=non-profit,nonprofits,non-governmental organizations,NGOs,think tanks,civil society|pharmaceuticals=pharmaceutical sector,pharmaceutical companies,pharmaceuticals,biotechnology|"
        + "retail=retail sector,retailers,retail industry,e-commerce|technology=technology sector,technology companies,tech companies,IT companies,software companies,managed service providers,semiconductor industry|telecommunications=telecommunications,telecommunications sector,telecom companies,telecoms,telecommunication providers,internet service providers|"
        + "transportation=transportation,transportation sector,logistics companies,shipping companies,maritime sector,railways|utilities=utilities sector,utility companies";

    private const string Countries =
        "AF=Afghanistan|AL=Albania|DZ=Algeria|AD=Andorra|AO=Angola|AR=Argentina|AM=Armenia|AU=Australia|AT=Austria|AZ=Azerbaijan|BS=Bahamas|BH=Bahrain|BD=Bangladesh|BB=Barbados|BY=Belarus|BE=Belgium|BZ=Belize|BJ=Benin|BT=Bhutan|BO=Bolivia|BA=Bosnia and Herzegovina,Bosnia|BW=Botswana|BR=Brazil|BN=Brunei|BG=Bulgaria|BF=Burkina Faso|BI=Burundi|"
        + "KH=Cambodia|CM=Cameroon|CA=Canada|CV=Cape Verde|CF=Central African Republic|CL=Chile|CN=China|CO=Colombia|CG=Congo|CR=Costa Rica|HR=Croatia|CU=Cuba|CY=Cyprus|CZ=Czech Republic,Czechia|DK=Denmark|DJ=Djibouti|DO=Dominican Republic|EC=Ecuador|EG=Egypt|SV=El Salvador|ER=Eritrea|EE=Estonia|ET=Ethiopia|FJ=Fiji|FI=Finland|FR=France|"
        + "GA=Gabon|GM=Gambia|GE=Georgia|DE=Germany|GH=Ghana|GR=Greece|GT=Guatemala|GN=Guinea|GY=Guyana|HT=Haiti|HN=Honduras|HK=Hong Kong|HU=Hungary|IS=Iceland|IN=India|ID=Indonesia|IR=Iran|IQ=Iraq|IE=Ireland|IL=Israel|IT=Italy|CI=Ivory Coast|JM=Jamaica|JP=Japan|JO=Jordan|KZ=Kazakhstan|KE=Kenya|KW=Kuwait|KG=Kyrgyzstan|"
        + "LA=Laos|LV=Latvia|LB=Lebanon|LS=Lesotho|LR=Liberia|LY=Libya|LI=Liechtenstein|LT=Lithuania|LU=Luxembourg|MG=Madagascar|MW=Malawi|MY=Malaysia|MV=Maldives|ML=Mali|MT=Malta|MR=Mauritania|MU=Mauritius|MX=Mexico|MD=Moldova|MC=Monaco|MN=Mongolia|ME=Montenegro|MA=Morocco|MZ=Mozambique|MM=Myanmar,Burma|NA=Namibia|NP=Nepal|NL=Netherlands|NZ=New Zealand|"
        + "NI=Nicaragua|NE=Niger|NG=Nigeria|KP=North Korea,DPRK|MK=North Macedonia|NO=Norway|OM=Oman|PK=Pakistan|PS=Palestine|PA=Panama|PG=Papua New Guinea|PY=Paraguay|PE=Peru|PH=Philippines|PL=Poland|PT=Portugal|QA=Qatar|RO=Romania|RU=Russia,Russian Federation|RW=Rwanda|SA=Saudi Arabia|SN=Senegal|RS=Serbia|SL=Sierra Leone|SG=Singapore|SK=Slovakia|SI=Slovenia|"
        + "SO=Somalia|ZA=South Africa|KR=South Korea,Republic of Korea|SS=South Sudan|ES=Spain|LK=Sri Lanka|SD=Sudan|SR=Suriname|SE=Sweden|CH=Switzerland|SY=Syria|TW=Taiwan|TJ=Tajikistan|TZ=Tanzania|TH=Thailand|TG=Togo|TT=Trinidad and Tobago|TN=Tunisia|TR=Turkey,Türkiye|TM=Turkmenistan|UG=Uganda|UA=Ukraine|AE=United Arab Emirates,UAE|GB=United Kingdom,Great Britain,U.K.,UK|"
        + "US=United States,United States of America,U.S.,USA|UY=Uruguay|UZ=Uzbekistan|VA=Vatican|VE=Venezuela|VN=Vietnam,Viet Nam|YE=Yemen|ZM=Zambia|ZW=Zimbabwe";

    private const string Products =
        "Microsoft Exchange,Exchange Server,Microsoft Office,Microsoft Word,Microsoft Excel,Microsoft Outlook,Outlook Web Access,SharePoint,Active Directory,Azure Active Directory,Microsoft Entra ID,Microsoft 365,Office 365,Microsoft Teams,Windows Server,Windows Defender,Microsoft Defender,Internet Explorer,Google Chrome,Mozilla Firefox,Google Workspace,Gmail,"
        + "Adobe Flash,Adobe Acrobat,Adobe ColdFusion,Apache Struts,Apache Tomcat,Apache ActiveMQ,Log4j,Oracle WebLogic,JBoss,Atlassian Confluence,Confluence Server,Jira,GitLab,Jenkins,WordPress,Joomla,Drupal,Zimbra,Roundcube,VMware ESXi,ESXi,VMware vCenter,VMware Horizon,Citrix ADC,NetScaler,Citrix Gateway,FortiOS,FortiGate,Fortinet,Pulse Secure,Pulse Connect Secure,"
        + "Ivanti Connect Secure,Ivanti EPMM,SonicWall,Palo Alto Networks PAN-OS,PAN-OS,GlobalProtect,Cisco IOS,Cisco ASA,F5 BIG-IP,BIG-IP,Juniper,MikroTik,Accellion FTA,MOVEit Transfer,GoAnywhere MFT,ManageEngine,Kaseya VSA,SolarWinds Orion,ScreenConnect,ConnectWise,PaperCut,Progress Telerik,Telerik UI,Veeam Backup,Docker,Kubernetes,Okta,Zoho,Barracuda ESG,TeamCity,Telegram,Discord,Dropbox,OneDrive,Google Drive,GitHub,Pastebin,Node.js";

    private static readonly FrozenDictionary<string, (EntityKind Kind, string Value, bool IsExact)> terms = Make();
    private static readonly string[] victimWords =
        ["target", "victim", "against", "compromis", "infect", "affect", "attacks on", "attack on", "hit ", "breach", "organizations in", "entities in", "companies in", "aimed at", "impacted"];

    /// <summary>The longest term that begins at a word.</summary>
    public static (EntityKind Kind, string Value, int Length)? Find(string text, int start, int limit)
    {
        if (start > 0 && char.IsLetterOrDigit(text[start - 1])) return null;
        (EntityKind, string, int)? best = null;
        var at = start;
        for (var words = 0; words < LongestTerm && at < limit; words++)
        {
            var end = at;
            while (end < limit && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '\'' || (text[end] == '.' && end + 1 < limit && char.IsLetterOrDigit(text[end + 1])))) end++;
            if (end == at) break;
            best = Match(text, start, end, limit) ?? best;
            if (end >= limit || text[end] is not (' ' or '\n')) break;
            at = end + 1;
        }

        return best;
    }

    /// <summary>Whether a sentence speaks of those who were attacked.</summary>
    public static bool SpeaksOfVictims(ReadOnlySpan<char> sentence)
    {
        foreach (var word in victimWords)
            if (sentence.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static (EntityKind, string, int)? Match(string text, int start, int end, int limit)
    {
        if (end < limit && text[end] is '\\' or '/' or '@' or ':' or '_' or '=' or '[') return null;
        var key = text[start..end].Replace('\n', ' ');
        if (end < limit && text[end] == '.' && key.Contains('.', StringComparison.Ordinal)) (key, end) = (key + ".", end + 1);
        if (!terms.TryGetValue(key.ToLowerInvariant(), out var term)) return null;
        if (term.IsExact && !char.IsUpper(key[0]) && !key.Skip(1).Any(char.IsUpper)) return null;
        return term.Kind == EntityKind.Country && key.Length <= 3 && key.Any(char.IsLower) ? null : (term.Kind, term.Value, end - start);
    }

    private static FrozenDictionary<string, (EntityKind, string, bool)> Make()
    {
        var made = new Dictionary<string, (EntityKind, string, bool)>(StringComparer.Ordinal);
        foreach (var (list, kind) in (ReadOnlySpan<(string, EntityKind)>)[(Sectors, EntityKind.Sector), (Countries, EntityKind.Country)])
        {
            foreach (var line in list.Split('|'))
            {
                var cut = line.IndexOf('=', StringComparison.Ordinal);
                foreach (var term in line[(cut + 1)..].Split(',')) made.TryAdd(term.ToLowerInvariant(), (kind, line[..cut], kind == EntityKind.Country));
            }
        }

        foreach (var product in Products.Split(',')) made.TryAdd(product.ToLowerInvariant(), (EntityKind.Product, product, true));
        return made.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
