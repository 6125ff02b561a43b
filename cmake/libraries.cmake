# Third-party libraries, each used by one folder of src/ (tests/include_rules.sh checks it).
find_package(PkgConfig REQUIRED)
pkg_check_modules(SNDFILE REQUIRED IMPORTED_TARGET sndfile)
pkg_check_modules(SPEEXDSP REQUIRED IMPORTED_TARGET speexdsp)
pkg_check_modules(KISSFFT REQUIRED IMPORTED_TARGET kissfft-float)
pkg_check_modules(PORTAUDIO REQUIRED IMPORTED_TARGET portaudio-2.0)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-i18n icu-uc)
pkg_check_modules(INIH REQUIRED IMPORTED_TARGET inih)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
find_path(ESPEAK_INCLUDE_DIR espeak-ng/speak_lib.h REQUIRED)
find_library(ESPEAK_LIBRARY espeak-ng REQUIRED)
# no IMPORTED_TARGET: the .pc names an include folder that does not exist
pkg_check_modules(PS REQUIRED pocketsphinx sphinxbase)
