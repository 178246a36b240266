package answer

import "testing"

func TestAnswers(t *testing.T) {
	for in, want := range map[string]string{
		"1 250 000": "1250000", "1\u00a0250": "1250", "12,5": "12.5", "12,500": "12,500", "0,0001": "0.0001",
		"1'000": "1000", "-3,5": "-3.5", "many": "many", " 7 ": "7", "1,2,3": "1,2,3",
	} {
		if got := Number(in); got != want {
			t.Errorf("%q is %q, not %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"1.2.2026": "2026-02-01", "30.06.2026": "2026-06-30", "2026-06-30": "2026-06-30", "2026-06-30T00:00:00": "2026-06-30",
		"6/30/2026": "6/30/2026", "2026": "2026", "soon\n": "soon", "31.12.26": "31.12.26",
	} {
		if got := Day(in); got != want {
			t.Errorf("%q is %q, not %q", in, got, want)
		}
	}
	if got := Fold("  Ei \n TIEDOSSA "); got != "ei tiedossa" {
		t.Errorf("%q", got)
	}
}
