@echo off
rem Starts ZePAD with the Java of JAVA_HOME, or else of the PATH.
rem ZEPAD_JAVA_OPTS: options for Java, instead of -Xmx1800m.
setlocal
for %%i in ("%~dp0..") do set "ZEPAD_HOME=%%~fi"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if not defined ZEPAD_JAVA_OPTS set "ZEPAD_JAVA_OPTS=-Xmx1800m"
if not defined PYTORCH_LIBRARY_PATH set "PYTORCH_LIBRARY_PATH=%ZEPAD_HOME%\native"
if not defined DJL_CACHE_DIR set "DJL_CACHE_DIR=%ZEPAD_HOME%\native\cache"
if not defined TORCH_CPP_LOG_LEVEL set "TORCH_CPP_LOG_LEVEL=ERROR"
rem A server answers what it has before a signal ends it; java.options says what ends the others.
set "SIGNALS=-XX:+ReduceSignalUsage"
if "%~1"=="serve" set "SIGNALS=-XX:-ReduceSignalUsage"
"%JAVA%" %ZEPAD_JAVA_OPTS% "@%ZEPAD_HOME%\bin\java.options" %SIGNALS% "-Dzepad.home=%ZEPAD_HOME%" "-DPYTORCH_LIBRARY_PATH=%PYTORCH_LIBRARY_PATH%" "-Donnxruntime.native.path=%ZEPAD_HOME%\onnxruntime" "-DDJL_CACHE_DIR=%DJL_CACHE_DIR%" -p "%ZEPAD_HOME%\lib" -m org.zepad.cli/org.zepad.cli.Main %*
exit /b %ERRORLEVEL%
