// SPDX-License-Identifier: Apache-2.0
/* fault.c - see fault.h. */
#include "fault.h"

#include <stdarg.h>
#include <stdio.h>

bool fault_set(struct fault *fault, int code, const char *format, ...)
{
	va_list values;

	fault->code = code;
	va_start(values, format);
	vsnprintf(fault->message, sizeof(fault->message), format, values);
	va_end(values);
	return false;
}
