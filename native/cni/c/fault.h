/* SPDX-License-Identifier: Apache-2.0 */
/* fault.h - what went wrong, in the words of CNI. Codes below 100 are of the specification (section 5, "Error"). */
#ifndef WEFT_FAULT_H
#define WEFT_FAULT_H

#include <stdbool.h>

#define CODE_VERSION 1	   /* this CNI version is not spoken here */
#define CODE_ENVIRONMENT 4 /* a variable of the environment is missing or wrong */
#define CODE_IO 5	   /* input or output failed */
#define CODE_DECODE 6	   /* the configuration is no JSON */
#define CODE_CONFIG 7	   /* the configuration is not one of ours */
#define CODE_TRY_AGAIN 11  /* the runtime should try again later */
#define CODE_REFUSED 100   /* the agent said no */

#define MESSAGE_BYTES 1024

struct fault {
	int code; /* 0: none */
	char message[MESSAGE_BYTES];
};

/* Fills `fault`; always false, so that a step can end with it. */
__attribute__((format(printf, 3, 4))) bool fault_set(struct fault *fault, int code,
						     const char *format, ...);

#endif
