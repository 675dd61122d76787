// libqrencode's header.
#include <qrencode.h>
