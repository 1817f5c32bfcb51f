/* Starts the version that the file "current" names, with its own Python in UTF-8 mode. Built twice: for the menu
   (no console window, pythonw.exe) and for the command line (-DCONSOLE, python.exe, waits and hands the code on). */
#include <windows.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define LONGEST 32768

#ifdef CONSOLE
#define PYTHON L"python.exe"
#else
#define PYTHON L"pythonw.exe"
#endif

static int fail(const wchar_t *words)
{
#ifdef CONSOLE
    fwprintf(stderr, L"huimin: %ls\n", words);
#else
    MessageBoxW(NULL, words, L"\u60e0\u6c11\u6cd5\u5f8b\u670d\u52a1\u53f0", MB_ICONERROR);
#endif
    return 1;
}

/* What stands behind the program's own name on the command line. */
static const wchar_t *arguments(void)
{
    const wchar_t *at = GetCommandLineW();
    int quoted = 0;
    while (*at && (quoted || (*at != L' ' && *at != L'\t')))
        if (*at++ == L'"')
            quoted = !quoted;
    return at;
}

int wmain(void)
{
    static wchar_t base[LONGEST], path[LONGEST], line[LONGEST];
    wchar_t version[64];
    char read[64];
    size_t length;
    FILE *file;
    DWORD code = 0;
    STARTUPINFOW start = {sizeof start};
    PROCESS_INFORMATION made;

    length = GetModuleFileNameW(NULL, base, LONGEST);
    if (!length || length >= LONGEST || !wcsrchr(base, L'\\'))
        return fail(L"\u627e\u4e0d\u5230\u7a0b\u5e8f\u6587\u4ef6\u5939");
    *wcsrchr(base, L'\\') = 0;
    swprintf(path, LONGEST, L"%ls\\current", base);
    file = _wfopen(path, L"rb");
    length = file ? fread(read, 1, sizeof read - 1, file) : 0;
    if (file)
        fclose(file);
    read[length] = 0;
    read[strcspn(read, "\r\n")] = 0;
    if (!read[0])
        return fail(L"\u7a0b\u5e8f\u4e0d\u5b8c\u6574\uff0c\u8bf7\u91cd\u65b0\u5b89\u88c5\uff0c\u6570\u636e\u4e0d\u53d7\u5f71\u54cd");
    MultiByteToWideChar(CP_UTF8, 0, read, -1, version, 64);
    swprintf(path, LONGEST, L"%ls\\versions\\%ls\\python\\" PYTHON, base, version);
    swprintf(line, LONGEST, L"\"%ls\" -X utf8 \"%ls\\versions\\%ls\\start.py\"%ls", path, base, version, arguments());
    if (!CreateProcessW(path, line, NULL, NULL, TRUE, 0, NULL, NULL, &start, &made))
        return fail(L"\u7a0b\u5e8f\u6253\u4e0d\u5f00\uff0c\u8bf7\u91cd\u65b0\u5b89\u88c5\uff0c\u6570\u636e\u4e0d\u53d7\u5f71\u54cd");
#ifdef CONSOLE
    WaitForSingleObject(made.hProcess, INFINITE);
    GetExitCodeProcess(made.hProcess, &code);
#endif
    CloseHandle(made.hThread);
    CloseHandle(made.hProcess);
    return (int)code;
}

#ifndef CONSOLE
int WINAPI wWinMain(HINSTANCE own, HINSTANCE none, PWSTR words, int shown)
{
    (void)own, (void)none, (void)words, (void)shown;
    return wmain();
}
#endif
