// libpq's headers.
#include <libpq-fe.h>
