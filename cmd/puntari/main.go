// Command puntari weighs whether a dataset may, and should, be opened.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"

	"puntari/internal/cli"
)

func main() {
	// A run is short or a long stream; either way memory is cheaper than
	// collecting it often. An explicit GOGC is honoured.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := cli.Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
