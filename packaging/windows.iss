; The installer for Windows. packaging/build.py calls Inno Setup with Version, Bundle, Icons, Output and Name.
; Written from Inno Setup's documentation, and not tried.
#define Id "io.github.curvegui.CurveGUI"

[Setup]
AppId={#Id}
AppName=CurveGUI
AppVersion={#Version}
AppPublisher=The CurveGUI authors
AppPublisherURL=https://github.com/curvegui/curvegui
DefaultDirName={autopf}\CurveGUI
DefaultGroupName=CurveGUI
DisableProgramGroupPage=yes
; for one person without an administrator, or for all with one
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
; a window that is open is closed first, and asks about what is not saved
CloseApplications=yes
RestartApplications=no
Compression=lzma2/max
SolidCompression=yes
LicenseFile=..\LICENSE
SetupIconFile={#Icons}\app.ico
UninstallDisplayIcon={app}\curvegui-gui.exe
OutputDir={#Output}
OutputBaseFilename={#Name}
WizardStyle=modern
ShowLanguageDialog=auto

[Languages]
; the one of the system is chosen; what Inno Setup has depends on its version
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"
#if FileExists(CompilerPath + "Languages\Arabic.isl")
Name: "ar"; MessagesFile: "compiler:Languages\Arabic.isl"
#endif
#if FileExists(CompilerPath + "Languages\Korean.isl")
Name: "ko"; MessagesFile: "compiler:Languages\Korean.isl"
#endif
#if FileExists(CompilerPath + "Languages\ChineseSimplified.isl")
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"
#endif

[InstallDelete]
; an upgrade leaves nothing of the version before
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "{#Icons}\document.ico"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{group}\CurveGUI"; Filename: "{app}\curvegui-gui.exe"; AppUserModelID: "{#Id}"

[Registry]
Root: HKA; Subkey: "Software\Classes\.curvegui"; ValueType: string; ValueName: ""; ValueData: "{#Id}.run"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.curvegui"; ValueType: string; ValueName: "Content Type"; ValueData: "application/x-curvegui"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\{#Id}.run"; ValueType: string; ValueName: ""; ValueData: "CurveGUI run"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Id}.run\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\document.ico"
Root: HKA; Subkey: "Software\Classes\{#Id}.run\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\curvegui-gui.exe"" ""%1"""

[UninstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Run]
Filename: "{app}\curvegui-gui.exe"; Description: "{cm:LaunchProgram,CurveGUI}"; Flags: nowait postinstall skipifsilent
