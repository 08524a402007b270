@echo off
rem Starts Kami Parse Server: finds Java 25 or newer, builds the server when that is needed, and runs it.
rem The same rules as the script parse-server beside it; see "parse-server --help" for the options of the server.
rem
rem   KAMI_JAVA       java.exe, or the folder of the JDK, to use instead of searching
rem   KAMI_JAVA_OPTS  heap, collector and other options of the JVM, instead of those of "tuning" below
rem
rem Exit codes of this script: 78 no fitting Java, 75 another start is still building, else that of the build or the server.
setlocal EnableExtensions DisableDelayedExpansion

set "needed=25"
set "tuning=-Xms24m -Xmx512m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:Tier4InvocationThreshold=15000 -XX:Tier4MinInvocationThreshold=3000 -XX:Tier4CompileThreshold=45000 -XX:Tier4BackEdgeThreshold=120000"
set "always=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dfile.encoding=UTF-8"
set "longest_wait=600"

set "here=%~dp0"
if "%here:~-1%"=="\" set "here=%here:~0,-1%"
set "target=%here%\server\target"
set "lock=%here%\target\parse-server.lock"
set "log=%here%\target\parse-server-build.log"
set "java="
set "looked="

if exist "%lock%\" goto needs_build
call :up_to_date
if not errorlevel 1 goto run
:needs_build
if not exist "%here%\mvnw.cmd" (
    >&2 echo The server is not there: no kami-parse-server jar in %target%, and no sources to build it from.
    exit /b 1
)
call :build
if errorlevel 1 exit /b %errorlevel%

:run
if not defined java call :find_java no
if not defined java goto no_java
call :find_jar
rem Java replaces neither an archive of an older jar nor the small one of a command that ended at once.
if exist "%target%\kami.jsa" (
    call :newer "%target%\kami.jsa" "%jar%"
    if errorlevel 1 del /q "%target%\kami.jsa" 2>nul
)
if exist "%target%\kami.jsa" for %%f in ("%target%\kami.jsa") do if %%~zf LSS 8000000 del /q "%target%\kami.jsa" 2>nul
set cache=-XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%target%\kami.jsa" -Xlog:cds*=off -Xlog:aot*=off
if exist "%target%\kami.aot" (
    call :newer "%target%\kami.aot" "%jar%"
    if not errorlevel 1 set cache="-XX:AOTCache=%target%\kami.aot"
)
if defined KAMI_JAVA_OPTS set "tuning=%KAMI_JAVA_OPTS%"
"%java%" %always% %tuning% %cache% -cp "%jar%" dev.kami.parse.server.Main %*
exit /b %errorlevel%

:no_java
>&2 echo Kami Parse Server needs Java %needed% or newer and found none. Looked at:
>&2 echo   KAMI_JAVA, ..\runtime, JAVA_HOME, PATH, %USERPROFILE%\.jdks, %USERPROFILE%\.sdkman\candidates\java
>&2 echo   and Eclipse Adoptium, Java, Microsoft, Zulu, Amazon Corretto and BellSoft in "%ProgramFiles%" and "%LOCALAPPDATA%\Programs"
if defined looked >&2 echo   found, but not fitting:%looked%
>&2 echo Install a JDK %needed%, for example Eclipse Temurin (https://adoptium.net or: winget install EclipseAdoptium.Temurin.%needed%.JDK),
>&2 echo or point JAVA_HOME or KAMI_JAVA at the one you have.
exit /b 78

rem ---- Java --------------------------------------------------------------------------------------------------------

rem find_java COMPILER: sets java; COMPILER is yes when javac is needed too.
:find_java
set "compiler=%~1"
set "looked="
if defined KAMI_JAVA (
    if exist "%KAMI_JAVA%\bin\java.exe" (call :try "%KAMI_JAVA%\bin\java.exe") else (call :try "%KAMI_JAVA%")
    if not defined java >&2 echo KAMI_JAVA=%KAMI_JAVA% does not fit ^(Java %needed% or newer is needed^); looking elsewhere.
)
if not defined java call :try "%here%\..\runtime\bin\java.exe"
if not defined java if defined JAVA_HOME call :try "%JAVA_HOME%\bin\java.exe"
if not defined java for /f "delims=" %%j in ('where java.exe 2^>nul') do call :try "%%j"
if not defined java for %%f in (
    "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu"
    "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%LOCALAPPDATA%\Programs\Eclipse Adoptium"
    "%LOCALAPPDATA%\Programs\Java" "%USERPROFILE%\.jdks" "%USERPROFILE%\.sdkman\candidates\java"
) do if exist "%%~f\" for /d %%d in ("%%~f\*") do call :try "%%d\bin\java.exe"
exit /b 0

rem try JAVA: takes this java.exe if none was taken and it fits.
:try
if defined java exit /b 0
if not exist "%~1" exit /b 0
set "feature="
for /f "tokens=2 delims==" %%v in ('call "%~1" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version ="') do for /f "tokens=1,2 delims=. " %%a in ("%%v") do if "%%a"=="1" (set "feature=%%b") else (set "feature=%%a")
if not defined feature exit /b 0
if %feature% LSS %needed% (
    set "looked=%looked% [%~1 is Java %feature%]"
    exit /b 0
)
if "%compiler%"=="yes" if not exist "%~dp1javac.exe" (
    set "looked=%looked% [%~1 has no compiler, and the server must be built]"
    exit /b 0
)
set "java=%~1"
exit /b 0

rem ---- The build ---------------------------------------------------------------------------------------------------

rem Sets jar to the newest server jar; empty if there is none.
:find_jar
set "jar="
for /f "delims=" %%f in ('dir /b /o:d "%target%\kami-parse-server-*.jar" 2^>nul ^| findstr /v /e /c:"-tests.jar" /c:"-sources.jar" /c:"-javadoc.jar"') do set "jar=%target%\%%f"
if defined jar (exit /b 0) else (exit /b 1)

rem newer A B: succeeds if file A, or anything in folder A, is newer than file B.
:newer
set "KAMI_A=%~1"
set "KAMI_B=%~2"
powershell -NoProfile -NonInteractive -Command "$b=(Get-Item -LiteralPath $env:KAMI_B).LastWriteTimeUtc; $a=@(Get-Item -LiteralPath $env:KAMI_A)+@(Get-ChildItem -LiteralPath $env:KAMI_A -Recurse -ErrorAction SilentlyContinue); if ($a | Where-Object { $_.LastWriteTimeUtc -gt $b } | Select-Object -First 1) { exit 0 } else { exit 1 }"
exit /b %errorlevel%

:up_to_date
call :find_jar
if errorlevel 1 exit /b 1
if not exist "%target%\lib\" exit /b 1
if not exist "%here%\mvnw.cmd" exit /b 0
for %%s in ("%here%\pom.xml" "%here%\server\pom.xml" "%here%\server\src\main") do (
    call :newer "%%~s" "%jar%"
    if not errorlevel 1 exit /b 1
)
exit /b 0

rem One start builds, the others wait. Windows tells no process id to a script, so a left lock ends by its age alone.
:build
if not exist "%here%\target\" mkdir "%here%\target" 2>nul
if not exist "%here%\target\" (
    >&2 echo Cannot build: %here% is not writable.
    exit /b 1
)
set "waited=0"
:take_lock
mkdir "%lock%" 2>nul
if not errorlevel 1 goto locked
if "%waited%"=="2" >&2 echo Waiting for another start of Kami Parse Server to finish building...
if %waited% GEQ %longest_wait% (
    >&2 echo Another start has been building for %longest_wait% seconds. If that is not so, remove %lock% and start again.
    exit /b 75
)
ping -n 2 127.0.0.1 >nul
set /a waited+=1
goto take_lock
:locked
call :up_to_date
if not errorlevel 1 goto built
call :find_java yes
if not defined java (
    rd "%lock%" 2>nul
    call :no_java
    exit /b 78
)
if defined jar (
    >&2 echo Building Kami Parse Server ^(its sources changed^)...
) else (
    >&2 echo Building Kami Parse Server ^(first start^)...
)
for %%j in ("%java%") do set "home=%%~dpj"
pushd "%here%"
setlocal
set "JAVA_HOME=%home%.."
call mvnw.cmd -q -B -ntp -Dmaven.test.skip=true package -pl server -am >"%log%" 2>&1 <nul
endlocal & set "result=%errorlevel%"
popd
if not "%result%"=="0" (
    rd "%lock%" 2>nul
    type "%log%" >&2
    >&2 echo The build failed ^(exit code %result%^). The text above is also in %log%
    exit /b %result%
)
call :find_jar
if errorlevel 1 (
    rd "%lock%" 2>nul
    >&2 echo The build left no jar in %target%; its log is %log%
    exit /b 1
)
rem Maven leaves the jar alone when nothing in it changed.
set "KAMI_B=%jar%"
powershell -NoProfile -NonInteractive -Command "(Get-Item -LiteralPath $env:KAMI_B).LastWriteTimeUtc=[DateTime]::UtcNow"
:built
rd "%lock%" 2>nul
exit /b 0
