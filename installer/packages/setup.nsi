; The Windows setup: silent with /S, for all users of the computer; data are not touched when it goes.
Unicode true
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel admin
SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDateSave off
!include "MUI2.nsh"
!include "x64.nsh"
!include "WinVer.nsh"

Name "惠民法律服务台"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\Huimin"
BrandingText "惠民法律服务台 ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "惠民法律服务台"
VIAddVersionKey /LANG=2052 "FileDescription" "惠民法律服务台安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache-2.0"
!define MUI_ICON "${ICONS}\huimin.ico"
!define MUI_UNICON "${ICONS}\huimin.ico"
!define MUI_FINISHPAGE_TEXT "安装完成。开始菜单里有“惠民法律服务台”和“惠民签到台”。"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Huimin"

!macro FileKind ENDING KIND NAME
  WriteRegStr HKLM "Software\Classes\${ENDING}" "" "Huimin.${KIND}"
  WriteRegStr HKLM "Software\Classes\Huimin.${KIND}" "" "${NAME}"
  WriteRegStr HKLM "Software\Classes\Huimin.${KIND}\DefaultIcon" "" "$INSTDIR\icons\${KIND}.ico"
  WriteRegStr HKLM "Software\Classes\Huimin.${KIND}\shell\open\command" "" '"$INSTDIR\huimin-office.exe" open "%1"'
!macroend
!macro un.FileKind ENDING KIND
  DeleteRegKey HKLM "Software\Classes\${ENDING}"
  DeleteRegKey HKLM "Software\Classes\Huimin.${KIND}"
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_ICONSTOP "本程序要 64 位 Windows 10（1809）或更新的系统，没有安装。" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} 17763
    MessageBox MB_ICONSTOP "本程序要 Windows 10（1809）或更新的系统，没有安装。" /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
FunctionEnd

Section
  SetRegView 64
  SetShellVarContext all
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  ; Names this version to start, unless a stick has brought a later one.
  nsExec::ExecToLog '"$INSTDIR\versions\${VERSION}\python\python.exe" -X utf8 "$INSTDIR\versions\${VERSION}\start.py" update choose ${VERSION} --program "$INSTDIR"'
  Pop $1
  CreateShortcut "$SMPROGRAMS\惠民法律服务台.lnk" "$INSTDIR\huimin-office.exe"
  CreateShortcut "$SMPROGRAMS\惠民签到台.lnk" "$INSTDIR\huimin-office.exe" "kiosk" "$INSTDIR\icons\kiosk.ico"
  CreateShortcut "$DESKTOP\惠民法律服务台.lnk" "$INSTDIR\huimin-office.exe"
  !insertmacro FileKind ".hmb" "bundle" "惠民上报包"
  !insertmacro FileKind ".hme" "enrolment" "惠民登记文件"
  !insertmacro FileKind ".hmbak" "backup" "惠民备份"
  !insertmacro FileKind ".hmu" "update" "惠民程序更新"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayName" "惠民法律服务台"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayIcon" "$INSTDIR\huimin-office.exe"
  WriteRegStr HKLM "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL}" "NoModify" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
  nsExec::ExecToLog '"$INSTDIR\huimin.exe" --data-dir "$TEMP\huimin-self-test" self-test'
  Pop $1
  ${If} $1 != 0
    MessageBox MB_ICONEXCLAMATION "程序已安装，但自检有不过的地方。请在命令行运行 huimin self-test --windows 查看。" /SD IDOK
  ${EndIf}
SectionEnd

Section "Uninstall"
  SetRegView 64
  SetShellVarContext all
  Delete "$SMPROGRAMS\惠民法律服务台.lnk"
  Delete "$SMPROGRAMS\惠民签到台.lnk"
  Delete "$DESKTOP\惠民法律服务台.lnk"
  !insertmacro un.FileKind ".hmb" "bundle"
  !insertmacro un.FileKind ".hme" "enrolment"
  !insertmacro un.FileKind ".hmbak" "backup"
  !insertmacro un.FileKind ".hmu" "update"
  DeleteRegKey HKLM "${UNINSTALL}"
  RMDir /r "$INSTDIR\versions"
  RMDir /r "$INSTDIR\incoming"
  RMDir /r "$INSTDIR\updating"
  RMDir /r "$INSTDIR\icons"
  Delete "$INSTDIR\*.exe"
  Delete "$INSTDIR\current"
  RMDir "$INSTDIR"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, i 0, i 0)'
  MessageBox MB_ICONINFORMATION "程序已卸载。办公数据没有删除，在每个用户的 %LOCALAPPDATA%\huimin 里。确认不再需要的，先备份，再由本人删除该文件夹。" /SD IDOK
SectionEnd
