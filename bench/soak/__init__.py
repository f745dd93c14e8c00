"""A simulated day of labelling in the real window: does anything grow, warn or go wrong?"""
