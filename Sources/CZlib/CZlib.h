// zlib's headers.
#include <zlib.h>
