// Command puntari weighs whether a dataset may, and should, be opened.
package main

import (
	"context"
	"os"
	"os/signal"

	"puntari/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := cli.Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
