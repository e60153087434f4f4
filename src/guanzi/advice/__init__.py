"""From studies to advice: structure, calibration, appraisal, and the test on decided cases."""
