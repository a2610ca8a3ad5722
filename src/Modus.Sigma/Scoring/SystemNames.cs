using System.Collections.Frozen;

namespace Modus.Sigma.Scoring;

/// <summary>Names that belong to the system and not to the adversary: programs, files, places, libraries.</summary>
internal static class SystemNames
{
    /// <summary>Programs that come with Windows or Linux, by file name in lower case.</summary>
    public static readonly FrozenSet<string> Programs = Split(
        """
        cmd.exe powershell.exe pwsh.exe powershell_ise.exe rundll32.exe regsvr32.exe mshta.exe wscript.exe cscript.exe reg.exe regedit.exe sc.exe net.exe net1.exe netsh.exe
        schtasks.exe at.exe wmic.exe wmiprvse.exe certutil.exe certreq.exe bitsadmin.exe vssadmin.exe wbadmin.exe bcdedit.exe wevtutil.exe auditpol.exe fsutil.exe diskshadow.exe
        ntdsutil.exe dsquery.exe nltest.exe whoami.exe quser.exe query.exe qwinsta.exe tasklist.exe taskkill.exe ipconfig.exe systeminfo.exe hostname.exe nslookup.exe ping.exe
        tracert.exe arp.exe route.exe netstat.exe nbtstat.exe findstr.exe find.exe where.exe klist.exe setspn.exe gpresult.exe cmdkey.exe vaultcmd.exe esentutl.exe expand.exe
        extrac32.exe makecab.exe robocopy.exe xcopy.exe curl.exe tar.exe ssh.exe scp.exe sftp.exe ftp.exe tftp.exe print.exe finger.exe msiexec.exe installutil.exe msbuild.exe
        regasm.exe regsvcs.exe csc.exe vbc.exe jsc.exe cmstp.exe control.exe odbcconf.exe presentationhost.exe hh.exe pcalua.exe forfiles.exe conhost.exe scriptrunner.exe
        explorer.exe svchost.exe lsass.exe services.exe winlogon.exe wininit.exe csrss.exe smss.exe spoolsv.exe taskhostw.exe dllhost.exe sethc.exe utilman.exe osk.exe magnify.exe
        narrator.exe atbroker.exe displayswitch.exe fltmc.exe pnputil.exe driverquery.exe mofcomp.exe winrm.cmd winrs.exe wsmprovhost.exe mstsc.exe tscon.exe rdpclip.exe attrib.exe
        icacls.exe cacls.exe takeown.exe cipher.exe compact.exe format.com diskpart.exe shutdown.exe logoff.exe msdt.exe pktmon.exe tttracer.exe werfault.exe wermgr.exe
        winword.exe excel.exe powerpnt.exe outlook.exe onenote.exe mspub.exe msaccess.exe visio.exe eqnedt32.exe w3wp.exe httpd.exe nginx.exe php-cgi.exe tomcat.exe sqlservr.exe
        mysqld.exe postgres.exe java.exe javaw.exe node.exe python.exe mpcmdrun.exe procdump.exe psexec.exe psexesvc.exe wsl.exe bash.exe notepad.exe calc.exe mmc.exe
        userinit.exe dwm.exe sihost.exe runtimebroker.exe searchindexer.exe winpeas.exe fodhelper.exe computerdefaults.exe eventvwr.exe sdclt.exe slui.exe wsreset.exe
        sh bash dash zsh ksh ash csh tcsh busybox sudo su doas pkexec useradd usermod userdel groupadd gpasswd passwd chage visudo crontab at systemctl service journalctl
        iptables ip6tables nft ufw firewall-cmd auditctl ausearch insmod modprobe rmmod kmod ldconfig chmod chown chattr setfacl setcap dd shred wipefs blkdiscard mkfs mount umount
        curl wget fetch scp ssh sshd sftp rsync nc ncat netcat socat telnet openssl python python3 perl ruby php lua awk sed grep cat head tail less more vi vim nano tar gzip zip
        base64 xxd id whoami uname hostname last lastlog w who ps top ss netstat ip ifconfig arp route dig nslookup host docker podman nerdctl ctr kubectl nsenter unshare chroot
        gdb strace ltrace tcpdump history rm unlink truncate cp mv ln tee find xargs env export crond cron systemd logrotate dpkg rpm apt apt-get yum dnf snap osascript launchctl
        """);

    /// <summary>Places and files of the system that a technique must touch, in lower case.</summary>
    public static readonly string[] OwnedPlaces =
    [
        @"\start menu\programs\startup", @"\ntds.dit", @"\windows\ntds", @"\system32\config\", @"\system32\tasks", @"\windows\tasks\", @"\system32\drivers\etc\hosts", @"\grouppolicy\",
        @"\sysvol\", @"\inetpub\", @"\wwwroot\", @"\htdocs\", @"\webapps\", @"\frontend\httpproxy\", @"\system32\spool\drivers", @"\pipe\lsass", @"\microsoft\protect\", @"\microsoft\credentials",
        @"\login data", @"\cookies", @"\key4.db", @"\logins.json", @"\winevt\logs", @"\wbem\repository", "/etc/", "/.ssh/", "/var/log/", "/var/spool/cron", "/proc/", "/dev/", "/boot/", "/lib/systemd/",
        "/systemd/", "/sys/", "/root/.", "/var/run/docker.sock", "admin$", "c$", "ipc$", @"\harddiskvolumeshadowcopy", @"\device\physicalmemory",
    ];

    /// <summary>Libraries and interfaces of the system, in lower case.</summary>
    public static readonly string[] Interfaces =
    [
        "comsvcs", "dbghelp", "dbgcore", "amsi", "ntdll", "kernel32", "advapi32", "samlib", "vaultcli", "scrobj", "clr.dll", "mscoree", "virtualalloc", "virtualprotect", "createthread", "createremotethread",
        "writeprocessmemory", "getprocaddress", "loadlibrary", "ntallocatevirtualmemory", "queueuserapc", "getdelegateforfunctionpointer", "marshal]::copy", "rtlmovememory", "reflection.assembly",
        "nonpublic", "getfield", "kerberosrequestorsecuritytoken", "unknown(", "setvalue(", "minidump", "etweventwrite", "system.directoryservices", "win32_shadowcopy", "win32_process", "eventconsumer",
        "/dev/tcp/", "/dev/udp/", "169.254.169.254", "security-credentials",
    ];

    /// <summary>Words of tools that adversaries bring along, in lower case.</summary>
    public static readonly string[] BroughtTools =
    [
        "mimikatz", "sekurlsa", "lsadump", "kerberos::", "rubeus", "sharphound", "bloodhound", "seatbelt", "invoke-", "powersploit", "powerview", "cobaltstrike", "beacon", "meterpreter", "impacket", "psexesvc",
        "secretsdump", "wmiexec", "smbexec", "crackmapexec", "nanodump", "safetykatz", "sharp", "adfind", "rclone", "mega", "ngrok", "chisel", "plink", "frpc", "ligolo", "sliver", "havoc", "empire", "lazagne",
        "winpeas", "linpeas", "pspy", "kerbrute", "responder", "ntlmrelay", "procdump", "xmrig", "netcat", "anydesk", "screenconnect", "teamviewer", "rustdesk", "hydra", "nmap", "masscan",
    ];

    private static FrozenSet<string> Split(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
