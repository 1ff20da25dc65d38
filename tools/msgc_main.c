/* msgc OUT.h OUT.c IN.msg...: runs while building. */
#include "tools/msgc.h"

int main(int argc, char **argv)
{
	return scan_main(argc, argv, "msgc OUT.h OUT.c IN.msg...", msgc_compile);
}
